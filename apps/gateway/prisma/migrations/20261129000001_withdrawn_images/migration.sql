-- Apart from the migration before, whose lock on the whole table would be held meanwhile.
UPDATE "image" SET "withdrawn" = true FROM "study"
  WHERE ("study"."organization_id", "study"."site_id", "study"."id")
    = ("image"."organization_id", "image"."site_id", "image"."study_id")
  AND "study"."withdrawn_at" IS NOT NULL AND NOT "image"."withdrawn";
