-- What a reading claims, and what to keep in mind about it. Older gateways still write "inverted", newer ones
-- leave it out.
ALTER TABLE "reading"
  ADD COLUMN "claims" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "cautions" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ALTER COLUMN "inverted" SET DEFAULT false;

UPDATE "reading" SET "cautions" = ARRAY['INVERTED'] WHERE "inverted";
