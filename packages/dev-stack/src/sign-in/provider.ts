import { randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import type { SigningKey } from './access-token.js';
import type { SignInConfiguration } from './configuration.js';
import { messagePage, signOutPage } from './page.js';

const api = 'urn:lucency:api';
const accessTokenSeconds = 30 * 60;
const refreshTokenSeconds = 14 * 24 * 3600;

/** An OpenID Connect provider that forgets everything when it stops. */
export function createProvider(config: SignInConfiguration, key: SigningKey): Provider {
  const names = new Map(config.people.map((person) => [person.subject, person.name]));
  const provider = new Provider(config.issuer, {
    clients: [
      {
        client_id: config.portal.clientId,
        client_name: 'Lucency portal',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: config.portal.origins.map((origin) => `${origin}/auth/callback`),
        post_logout_redirect_uris: config.portal.origins.flatMap((origin) => [origin, `${origin}/`]),
      },
      ...config.apiClients.map(({ clientId, secret }) => ({
        client_id: clientId,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    jwks: { keys: [key.privateJwk] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'profile', 'offline_access', 'api'],
    claims: { openid: ['sub'], profile: ['name'] },
    // The name belongs into the id token: the access token is for the API alone.
    conformIdTokenClaims: false,
    findAccount: (_, subject) => {
      const name = names.get(subject);
      if (name === undefined) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, name }) };
    },
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      RefreshToken: refreshTokenSeconds,
      Session: refreshTokenSeconds,
      Grant: refreshTokenSeconds,
      Interaction: 3600,
      IdToken: 3600,
    },
    // Our own portal need not ask anyone for consent.
    async loadExistingGrant(ctx) {
      const { client, session, params, provider } = ctx.oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const grant =
        (known && (await provider.Grant.find(known))) ||
        new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      const scope = String(params?.scope ?? '');
      grant.addOIDCScope(scope);
      grant.addResourceScope(api, scope);
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = messagePage('Signed out', 'You can close this page.');
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          audience: config.audience,
          scope: 'openid profile offline_access api',
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenSeconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = messagePage('Signing in failed', `${out.error}: ${out.error_description ?? ''}`);
    },
  });
  // It speaks plain HTTP: an issuer by https stands behind something that ends TLS, whose headers say so.
  provider.proxy = config.issuer.startsWith('https:');
  return provider;
}
