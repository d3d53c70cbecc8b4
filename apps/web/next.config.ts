import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The monorepo's root, so that Next does not guess it from whichever lock file it finds first.
  turbopack: { root: `${import.meta.dirname}/../..` },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
};

export default config;
