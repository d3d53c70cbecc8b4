import type { Environment } from './environment';

/**
 * Scripts run only with this answer's nonce. Style elements need it too; style attributes, which the
 * component library writes for layout, cannot carry one and are allowed.
 */
export function contentSecurityPolicy(env: Environment, nonce: string, development: boolean): string {
  const gateway = new URL(env.gatewayUrl).origin;
  const socket = gateway.replace(/^http/, 'ws');
  // React's development build evaluates strings to show better stacks, and reloads over a socket.
  const forDevelopment = { eval: development ? " 'unsafe-eval'" : '', socket: development ? ' ws:' : '' };
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${forDevelopment.eval}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' blob: data: ${gateway}`,
    `connect-src 'self' ${gateway} ${socket}${forDevelopment.socket}`,
    "font-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ];
  if (env.publicUrl.startsWith('https:')) directives.push('upgrade-insecure-requests');
  return directives.join('; ');
}
