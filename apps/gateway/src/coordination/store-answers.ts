import type { JobResult } from '@lucency/contracts';
import type { PoolClient } from 'pg';
import type { FencedResult } from './fence.js';

type Read = FencedResult<Extract<JobResult, { outcome: 'read' }>>;
type Drawn = FencedResult<Extract<JobResult, { outcome: 'drawn' }>>;
type Scored = FencedResult<Extract<JobResult, { outcome: 'scored' }>>;

/**
 * Rows travel as one JSON parameter: one statement for the batch, with arrays and nulls intact. The planner takes them for a
 * hundred and would read whole tables to join so many; an array of keys leaves it the index.
 */
export async function storeReadings(client: PoolClient, results: Read[]): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ task, result: { reading, timings, organizationId } }) => ({
    organization_id: organizationId,
    site_id: task.siteId,
    image_id: task.imageId,
    model_id: reading.modelId,
    engine: reading.engine,
    probability: reading.probability,
    logit: reading.logit,
    threshold: reading.threshold,
    decision: reading.decision,
    evidence: reading.evidence,
    region: reading.region,
    claims: reading.claims,
    cautions: reading.cautions,
    lungs: reading.lungs,
    type: reading.type,
    width: reading.width,
    height: reading.height,
    timings,
  }));
  await client.query(
    `WITH r AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (organization_id uuid, site_id uuid,
         image_id uuid, model_id text, engine text, probability float8, logit float8, threshold float8,
         decision decision, evidence float8[], region jsonb, claims jsonb, cautions text[], lungs jsonb, type jsonb,
         width int, height int, timings jsonb)
     ), stored AS (
       INSERT INTO reading (organization_id, site_id, image_id, model_id, engine, probability, logit, threshold,
         decision, evidence, region, claims, cautions, lungs, type, timings)
       SELECT organization_id, site_id, image_id, model_id, engine, probability, logit, threshold, decision,
         evidence, region, claims, cautions, lungs, type, timings FROM r
       ON CONFLICT DO NOTHING
     )
     UPDATE image SET width = r.width, height = r.height FROM r
     WHERE image.id = r.image_id AND image.id = ANY (ARRAY (SELECT image_id FROM r))`,
    [JSON.stringify(rows)],
  );
}

export async function storeHeatmaps(client: PoolClient, results: Drawn[]): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ task, result: { heatmap, timings, organizationId } }) => ({
    organization_id: organizationId,
    site_id: task.siteId,
    image_id: task.imageId,
    model_id: heatmap.modelId,
    method: heatmap.method,
    blob_key: heatmap.blobKey,
    width: heatmap.width,
    height: heatmap.height,
    color_map: heatmap.colorMap,
    peak: heatmap.peak,
    scale_top: heatmap.scaleTop ?? null,
    timings,
  }));
  await client.query(
    `INSERT INTO heatmap (organization_id, site_id, image_id, model_id, method, blob_key, width, height, color_map,
       peak, scale_top, timings)
     SELECT organization_id, site_id, image_id, model_id, method, blob_key, width, height, color_map, peak,
       scale_top, timings
     FROM jsonb_to_recordset($1::jsonb) AS h (organization_id uuid, site_id uuid, image_id uuid, model_id text,
       method text, blob_key text, width int, height int, color_map text, peak float8, scale_top float8,
       timings jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

export async function storeFaithfulness(client: PoolClient, results: Scored[]): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ task, result: { faithfulness } }) => ({
    image_id: task.imageId,
    model_id: faithfulness.modelId,
    method: faithfulness.method,
    insertion: faithfulness.insertion,
    deletion: faithfulness.deletion,
    presentation: faithfulness.presentation,
  }));
  await client.query(
    `WITH s AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS s (image_id uuid, model_id text, method text,
         insertion float8, deletion float8, presentation presentation)
     )
     UPDATE heatmap SET insertion = s.insertion, deletion = s.deletion, presentation = s.presentation FROM s
     WHERE heatmap.image_id = s.image_id AND heatmap.model_id = s.model_id AND heatmap.method = s.method
       AND heatmap.image_id = ANY (ARRAY (SELECT image_id FROM s))`,
    [JSON.stringify(rows)],
  );
}
