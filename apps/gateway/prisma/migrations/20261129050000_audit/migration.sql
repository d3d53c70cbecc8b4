-- Who did and who saw what. An entry is written in the transaction of what it tells of and never changed; the seals that chain
-- the entries of an organization are rows of their own for that reason. Older gateways know nothing of it and write nothing.
CREATE TABLE "audit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "site_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person_id" UUID,
    "part" TEXT,
    "action" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" UUID NOT NULL,
    "study_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "audit_has_one_actor" CHECK (("person_id" IS NULL) <> ("part" IS NULL))
);
CREATE UNIQUE INDEX "audit_organization_id_position_key" ON "audit"("organization_id", "position");
CREATE INDEX "audit_organization_id_at_position_idx" ON "audit"("organization_id", "at" DESC, "position" DESC);
CREATE INDEX "audit_organization_id_study_id_idx" ON "audit"("organization_id", "study_id");
CREATE INDEX "audit_organization_id_person_id_at_idx" ON "audit"("organization_id", "person_id", "at" DESC);
-- One entry for each person, picture and quarter of an hour: browsers fetch a picture again with every address, which is new
-- every minute, and somebody who reads a study for ten minutes has seen it once.
CREATE UNIQUE INDEX "audit_views" ON "audit"("organization_id", "object_id", "person_id", "action",
    date_bin('15 minutes', "at", TIMESTAMPTZ '2000-01-01 00:00:00+00'))
  WHERE "action" IN ('IMAGE_VIEWED', 'ORIGINAL_FETCHED', 'HEATMAP_VIEWED');

-- No reference to studies, images and deliveries: what is told of them outlives them.
ALTER TABLE "audit"
  ADD CONSTRAINT "audit_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id")
    REFERENCES "site"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "audit_organization_id_person_id_fkey" FOREIGN KEY ("organization_id", "person_id")
    REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE TABLE "audit_seal" (
    "organization_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("organization_id", "number")
);
CREATE UNIQUE INDEX "audit_seal_organization_id_position_key" ON "audit_seal"("organization_id", "position");
ALTER TABLE "audit_seal"
  ADD CONSTRAINT "audit_seal_organization_id_position_fkey" FOREIGN KEY ("organization_id", "position")
    REFERENCES "audit"("organization_id", "position") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Nobody changes or deletes either, the owner included: they would have to remove these triggers first.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog
  AS $$ BEGIN RAISE EXCEPTION 'entries of the audit trail are never changed' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER "is_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "is_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "tenant_audited_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.audited_site_ids', true), '')::uuid[], '{}') $$;
CREATE FUNCTION "tenant_audits_organization"() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(current_setting('lucency.audits_organization', true), '') = 'on' $$;

ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "audit" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY "worker_sees" ON "audit" FOR SELECT TO lucency_worker USING (true);
CREATE POLICY "worker_adds" ON "audit" FOR INSERT TO lucency_worker WITH CHECK (person_id IS NULL);
-- What is of no site is for those who audit the whole organization.
CREATE POLICY "app_sees" ON "audit" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND CASE WHEN site_id IS NULL
    THEN (SELECT tenant_audits_organization()) ELSE site_id = ANY ((SELECT tenant_audited_sites())::uuid[]) END);
-- Everybody adds in their own name, of sites that they see.
CREATE POLICY "app_adds" ON "audit" FOR INSERT TO lucency_app
  WITH CHECK (organization_id = (SELECT tenant_organization()) AND person_id = (SELECT tenant_person())
    AND (site_id IS NULL OR site_id = ANY ((SELECT tenant_sites())::uuid[])));
GRANT SELECT ON "audit" TO "lucency_app", "lucency_worker";
-- When it was and its place are the database's to say.
GRANT INSERT ("organization_id", "site_id", "person_id", "part", "action", "object_type", "object_id", "study_id", "details")
  ON "audit" TO "lucency_app", "lucency_worker";
GRANT USAGE ON SEQUENCE "audit_position_seq" TO "lucency_app", "lucency_worker";

ALTER TABLE "audit_seal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_seal" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "audit_seal" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY "worker_sees" ON "audit_seal" FOR SELECT TO lucency_worker USING (true);
CREATE POLICY "worker_adds" ON "audit_seal" FOR INSERT TO lucency_worker WITH CHECK (true);
CREATE POLICY "app_sees" ON "audit_seal" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization())
    AND cardinality((SELECT tenant_audited_sites())::uuid[]) > 0);
GRANT SELECT ON "audit_seal" TO "lucency_app", "lucency_worker";
GRANT INSERT ON "audit_seal" TO "lucency_worker";
