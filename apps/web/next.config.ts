import type { NextConfig } from 'next';

/** The monorepo's root, so that Next does not guess it from whichever lock file it finds first. */
const root = `${import.meta.dirname}/../..`;

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root },
  // For images alone: `next start`, which runs everywhere else, does not go with it.
  ...(process.env.NEXT_OUTPUT === 'standalone' ? { output: 'standalone', outputFileTracingRoot: root } : {}),
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
};

export default config;
