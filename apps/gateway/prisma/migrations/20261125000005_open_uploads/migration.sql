-- Apart from the migration before, whose lock on the whole table would be held meanwhile.
UPDATE "upload" SET "adopted_at" = "study"."created_at" FROM "image" JOIN "study" ON "study"."id" = "image"."study_id"
  WHERE "image"."upload_id" = "upload"."id" AND "upload"."adopted_at" IS NULL;

-- What one person holds open is counted at each new upload: the policies of "image" let no join with it use an index.
CREATE INDEX "upload_open" ON "upload" ("organization_id", "person_id", "expires_at") WHERE "adopted_at" IS NULL;
