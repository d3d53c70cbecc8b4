-- How long a study may wait at this site before it goes above all others of its priority; null means as long as it takes.
ALTER TABLE "site" ADD COLUMN "waiting_limit_minutes" INTEGER DEFAULT 240;
ALTER TABLE "site" ADD CONSTRAINT "site_waiting_limit_positive" CHECK ("waiting_limit_minutes" > 0);

-- What waits for a review, in the two orders that a page is put together from: by age beyond the limit, by probability
-- before it. Apart by priority, because under row-level security no index can be entered by the value of an enum.
CREATE INDEX "study_waiting_stat" ON "study" ("organization_id", "created_at", "id")
  WHERE "review_state" = 'NONE' AND "withdrawn_at" IS NULL AND "priority" = 'STAT';
CREATE INDEX "study_waiting_routine" ON "study" ("organization_id", "created_at", "id")
  WHERE "review_state" = 'NONE' AND "withdrawn_at" IS NULL AND "priority" = 'ROUTINE';
CREATE INDEX "study_urgent_stat" ON "study" ("organization_id", "probability" DESC NULLS LAST, "created_at", "id")
  WHERE "review_state" = 'NONE' AND "withdrawn_at" IS NULL AND "priority" = 'STAT';
CREATE INDEX "study_urgent_routine" ON "study" ("organization_id", "probability" DESC NULLS LAST, "created_at", "id")
  WHERE "review_state" = 'NONE' AND "withdrawn_at" IS NULL AND "priority" = 'ROUTINE';
