import { z } from 'zod';
import type { FhirReport } from '../results/fhir-report.js';
import type { DestinationOf } from './destination.js';
import { exchange, failureOfStatus } from './exchange.js';
import { parsed } from './json-answer.js';
import { type DeliveryOutcome, delivered, notDelivered } from './outcome.js';
import { below, type WebParts } from './stow.js';

const mediaType = 'application/fhir+json';

const transactionResponse = z.object({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.object({ response: z.object({ status: z.string() }) })),
});

const searchset = z.object({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(
      z.object({
        resource: z.object({ resourceType: z.string(), issued: z.iso.datetime({ offset: true }).optional() }),
      }),
    )
    .default([]),
});

const capabilityStatement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string().startsWith('4.'),
});

/**
 * Sends a report in one transaction (FHIR R4, http.html#transaction). A server that has a later state of it keeps that: a first
 * answer that was delayed must not take the place of what a person signed since.
 */
export async function sendReport(
  report: FhirReport,
  { url }: DestinationOf<'FHIR'>,
  parts: WebParts,
): Promise<DeliveryOutcome> {
  const known = await issuedThere(report, url, parts);
  if (typeof known === 'object' && known) return known;
  if (known && Date.parse(known) > Date.parse(report.issued)) return delivered;
  const exchanged = await exchange(
    {
      method: 'POST',
      url: new URL(url),
      headers: { ...parts.headers, accept: mediaType, 'content-type': mediaType },
      body: JSON.stringify(report.bundle),
    },
    parts.limits,
  );
  if (!exchanged.ok) return exchanged.failure;
  const { status, body } = exchanged.answer;
  // Two transactions met; the next try finds what the other made.
  if (status === 409) return notDelivered('FAILED');
  if (status !== 200 && status !== 201) return failureOfStatus(status);
  const answer = parsed(transactionResponse, body);
  const isDone = answer?.entry.every(({ response }) => response.status.startsWith('2'));
  return isDone ? delivered : notDelivered('NOT_UNDERSTOOD');
}

/** When the server's state of the report was issued; null where it has none or does not say. */
async function issuedThere(
  { identifier }: FhirReport,
  base: string,
  { limits, headers }: WebParts,
): Promise<string | null | Exclude<DeliveryOutcome, { kind: 'delivered' }>> {
  const url = below(base, 'DiagnosticReport');
  url.searchParams.set('identifier', identifier);
  const exchanged = await exchange(
    { method: 'GET', url, headers: { ...headers, accept: mediaType } },
    limits,
  );
  if (!exchanged.ok) return exchanged.failure;
  const { status, body } = exchanged.answer;
  if (status !== 200) return failureOfStatus(status);
  const found = parsed(searchset, body);
  if (!found) return notDelivered('NOT_UNDERSTOOD');
  const reports = found.entry.filter(({ resource }) => resource.resourceType === 'DiagnosticReport');
  return reports[0]?.resource.issued ?? null;
}

/** Whether a server of this version is there (CapabilityStatement), and takes the credentials. */
export async function echoFhir(
  { url }: DestinationOf<'FHIR'>,
  { limits, headers }: WebParts,
): Promise<DeliveryOutcome> {
  const metadata = {
    method: 'GET',
    url: below(url, 'metadata'),
    headers: { ...headers, accept: mediaType },
  } as const;
  const exchanged = await exchange(metadata, limits);
  if (!exchanged.ok) return exchanged.failure;
  const { status, body } = exchanged.answer;
  if (status !== 200) return failureOfStatus(status);
  return parsed(capabilityStatement, body) ? delivered : notDelivered('NOT_UNDERSTOOD');
}
