ALTER TABLE "study" ADD COLUMN "cautions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Under which patients the same bytes were submitted before.
CREATE INDEX "image_organization_id_sha256_idx" ON "image" ("organization_id", "sha256");
