import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import { accessTokenFor, newSigningKey } from './access-token.js';
import { configurationVariable, signInConfiguration } from './configuration.js';
import { messagePage, signInPage } from './page.js';
import { createProvider } from './provider.js';

const config = signInConfiguration.parse(JSON.parse(process.env[configurationVariable] ?? '{}'));
const key = await newSigningKey();
const provider = createProvider(config, key);
const forward = provider.callback();

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent)
      sendPage(response, 400, messagePage('Signing in failed', 'Please start again.'));
    else response.end();
  });
});
server.listen(config.port, '127.0.0.1');
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', config.issuer).pathname;
  if (path.startsWith('/sign-in/')) return signIn(provider, request, response);
  if (path === '/demo-token' && request.method === 'POST') return giveToken(request, response);
  await forward(request, response);
}

async function signIn(from: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { uid } = await from.interactionDetails(request, response);
  if (request.method !== 'POST') return sendPage(response, 200, signInPage(`/sign-in/${uid}`, config.people));
  const subject = new URLSearchParams(await text(request)).get('subject');
  const person = config.people.find((candidate) => candidate.subject === subject);
  if (!person) return sendPage(response, 400, signInPage(`/sign-in/${uid}`, config.people));
  await from.interactionFinished(request, response, { login: { accountId: person.subject } });
}

async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = Buffer.from(request.headers.authorization ?? '');
  const right = Buffer.from(`Bearer ${config.controlSecret}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    response.writeHead(401).end();
    return;
  }
  const subject = (await text(request)).trim();
  if (!config.people.some((person) => person.subject === subject)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(await accessTokenFor(subject, config, key));
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(html);
}
