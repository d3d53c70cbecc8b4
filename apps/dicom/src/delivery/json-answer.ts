import type { z } from 'zod';

/** An answer in JSON of the shape that was asked for; null for anything else. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
