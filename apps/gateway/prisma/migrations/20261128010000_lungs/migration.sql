-- The lungs that were found in an image; null from workers that looked for none.
ALTER TABLE "reading" ADD COLUMN "lungs" JSONB;
