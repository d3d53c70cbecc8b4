/** A request that is answered with an access token, as JSON of OAuth or as plain text; k6 makes it too. */
export interface TokenRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The platform under load, and who may use it. */
export interface Target {
  /** Of the gateway. */
  url: string;
  /** In an order that matters to some loads: the last of them who may submit is the abuser. */
  tokenRequests: TokenRequest[];
  /** Processes by name, where they run on this machine. */
  pids: Record<string, number>;
  /** Stops what was started for this run alone. */
  close(): Promise<void>;
}

export interface ClientCredentials {
  clientId: string;
  secret: string;
}

/** @param tokenUrl the provider's token endpoint */
export function clientTokenRequest(tokenUrl: string, { clientId, secret }: ClientCredentials): TokenRequest {
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString(
    'base64',
  );
  return {
    url: tokenUrl,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&scope=api',
  };
}
