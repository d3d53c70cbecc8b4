-- What of the original the model read, as { x, y, width, height } in shares of it; null is all of it.
ALTER TABLE "reading" ADD COLUMN "region" JSONB;
