-- References are compared by code point, whatever the locale of the database: prefixes are ranges, and the index serves
-- them. The rows stay as they are; the indexes on the column are built anew.
ALTER TABLE "study" ALTER COLUMN "patient_reference" TYPE TEXT COLLATE "C";

-- What was stored decomposed is another patient than the same name composed.
UPDATE "study" SET "patient_reference" = normalize("patient_reference", NFC)
  WHERE "patient_reference" IS NOT NFC NORMALIZED;

ALTER TABLE "site" ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC';
