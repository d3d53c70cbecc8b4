-- What people say of studies. The first of a study is its review; what is signed later are addenda, and nothing is ever
-- changed. Older gateways know nothing of it and show the state of reviews as they always did.
CREATE TYPE "review_opinion" AS ENUM ('AGREE', 'DISAGREE', 'UNCERTAIN');

CREATE TABLE "review" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "opinion" "review_opinion" NOT NULL,
    "finding" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "decision" "decision",
    "probability" DOUBLE PRECISION,
    "signed_by_id" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- Of two people who sign at once the second meets this key.
CREATE UNIQUE INDEX "review_organization_id_site_id_study_id_number_key"
  ON "review"("organization_id", "site_id", "study_id", "number");

ALTER TABLE "review"
  ADD CONSTRAINT "review_organization_id_site_id_study_id_fkey" FOREIGN KEY ("organization_id", "site_id", "study_id")
    REFERENCES "study"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "review_organization_id_signed_by_id_fkey" FOREIGN KEY ("organization_id", "signed_by_id")
    REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "review_numbered" CHECK ("number" >= 1);

CREATE FUNCTION "tenant_reviewable_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.reviewable_site_ids', true), '')::uuid[], '{}') $$;

ALTER TABLE "review" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "review" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "review" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY "worker" ON "review" FOR SELECT TO lucency_worker USING (true);
CREATE POLICY "app_sees" ON "review" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND site_id = ANY ((SELECT tenant_sites())::uuid[]));
CREATE POLICY "app_signs" ON "review" FOR INSERT TO lucency_app
  WITH CHECK (organization_id = (SELECT tenant_organization()) AND signed_by_id = (SELECT tenant_person())
    AND site_id = ANY ((SELECT tenant_reviewable_sites())::uuid[]));
-- Nobody changes or deletes what was signed.
GRANT SELECT, INSERT ON "review" TO "lucency_app";
GRANT SELECT ON "review" TO "lucency_worker";

-- Whoever signs may change nothing else of the study, so the database says what follows from it.
CREATE FUNCTION "mark_reviewed"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE study SET updated_at = now(),
        review_state = CASE WHEN NEW.number = 1 THEN 'SIGNED' ELSE 'ADDENDED' END::review_state
        WHERE (organization_id, site_id, id) = (NEW.organization_id, NEW.site_id, NEW.study_id);
      RETURN NULL;
    END
  $$;
REVOKE ALL ON FUNCTION "mark_reviewed"() FROM PUBLIC;
CREATE TRIGGER "marks_reviewed" AFTER INSERT ON "review" FOR EACH ROW EXECUTE FUNCTION "mark_reviewed"();

CREATE POLICY "app_reviews_raise_revision" ON "site" FOR UPDATE TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND id = ANY ((SELECT tenant_reviewable_sites())::uuid[]));

-- What waits for a review, found without reading what was reviewed long ago.
CREATE INDEX "study_unreviewed" ON "study" ("organization_id", "created_at")
  WHERE "review_state" = 'NONE' AND "withdrawn_at" IS NULL;
