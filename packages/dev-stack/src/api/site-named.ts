import type { LucencyClient } from '@lucency/client';

/** The API's id of a site where this client may submit. @throws where there is none of this name */
export async function siteNamed(client: LucencyClient, name: string): Promise<string> {
  const { sites } = await client.viewer();
  const site = sites.find((each) => each.name === name && each.viewerCanSubmit);
  if (!site) throw new Error(`this client may submit to no site called ${name}`);
  return site.id;
}
