-- Where the results of a site go, and the outbox: one row for each thing and each place it is to be sent to. Older gateways
-- know nothing of either and make no rows; what they record is not sent.
CREATE TYPE "destination_kind" AS ENUM ('DICOM', 'DICOMWEB', 'FHIR');
CREATE TYPE "destination_authentication" AS ENUM ('NONE', 'BASIC', 'OAUTH');
CREATE TYPE "delivery_content" AS ENUM ('RESULT', 'HEATMAP', 'REVIEW', 'ECHO');
CREATE TYPE "delivery_state" AS ENUM ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED');

CREATE TABLE "destination" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "destination_kind" NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "ae_title" TEXT,
    "calling_ae_title" TEXT,
    "host" TEXT,
    "port" INTEGER,
    "tls" BOOLEAN NOT NULL DEFAULT false,
    "url" TEXT,
    "authentication" "destination_authentication" NOT NULL DEFAULT 'NONE',
    "secret_name" TEXT,
    "user_name" TEXT,
    "issuer" TEXT,
    "scope" TEXT,
    "audience" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destination_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "destination_addressed" CHECK (CASE WHEN "kind" = 'DICOM'
      THEN "ae_title" IS NOT NULL AND "calling_ae_title" IS NOT NULL AND "host" IS NOT NULL AND "port" IS NOT NULL
      ELSE "url" IS NOT NULL AND ("authentication" = 'NONE') = ("secret_name" IS NULL)
        AND ("authentication" = 'NONE') = ("user_name" IS NULL) AND ("authentication" = 'OAUTH') = ("issuer" IS NOT NULL) END)
);
CREATE UNIQUE INDEX "destination_organization_id_site_id_id_key" ON "destination"("organization_id", "site_id", "id");
CREATE UNIQUE INDEX "destination_organization_id_site_id_name_key"
  ON "destination"("organization_id", "site_id", "name");

CREATE TABLE "delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "study_id" UUID,
    "image_id" UUID,
    "content" "delivery_content" NOT NULL,
    "source_id" UUID NOT NULL,
    "priority" "priority" NOT NULL DEFAULT 'ROUTINE',
    "state" "delivery_state" NOT NULL DEFAULT 'PENDING',
    "reason" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "lease" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "delivery_of_an_image" CHECK (("content" = 'ECHO') = ("image_id" IS NULL)
      AND ("image_id" IS NULL) = ("study_id" IS NULL))
);
-- Nothing is sent twice because it was recorded twice.
CREATE UNIQUE INDEX "delivery_organization_id_site_id_destination_id_content_sou_key"
  ON "delivery"("organization_id", "site_id", "destination_id", "content", "source_id", "image_id");
CREATE INDEX "delivery_organization_id_site_id_study_id_idx" ON "delivery"("organization_id", "site_id", "study_id");
CREATE INDEX "delivery_organization_id_created_at_id_idx" ON "delivery"("organization_id", "created_at" DESC, "id");
-- What is still to be sent, however much was sent before.
CREATE INDEX "delivery_due" ON "delivery"("destination_id", "priority", "due_at") WHERE "state" = 'PENDING';
CREATE INDEX "delivery_failed" ON "delivery"("destination_id") WHERE "state" = 'FAILED';
-- Lists of one state, which may be few among very many.
CREATE INDEX "delivery_by_state" ON "delivery"("organization_id", "state", "created_at" DESC, "id" DESC);

ALTER TABLE "destination"
  ADD CONSTRAINT "destination_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id")
    REFERENCES "site"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "destination_organization_id_created_by_id_fkey" FOREIGN KEY ("organization_id", "created_by_id")
    REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "delivery"
  ADD CONSTRAINT "delivery_organization_id_site_id_destination_id_fkey"
    FOREIGN KEY ("organization_id", "site_id", "destination_id")
    REFERENCES "destination"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "delivery_organization_id_site_id_study_id_fkey" FOREIGN KEY ("organization_id", "site_id", "study_id")
    REFERENCES "study"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "delivery_organization_id_site_id_image_id_fkey" FOREIGN KEY ("organization_id", "site_id", "image_id")
    REFERENCES "image"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

CREATE FUNCTION "tenant_administered_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.administered_site_ids', true), '')::uuid[], '{}') $$;
CREATE FUNCTION "tenant_served_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.served_site_ids', true), '')::uuid[], '{}') $$;

ALTER TABLE "destination" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "destination" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "destination" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY "worker" ON "destination" FOR SELECT TO lucency_worker USING (true);
CREATE POLICY "app_sees" ON "destination" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND site_id = ANY ((SELECT tenant_sites())::uuid[]));
CREATE POLICY "app_adds" ON "destination" FOR INSERT TO lucency_app
  WITH CHECK (organization_id = (SELECT tenant_organization()) AND created_by_id = (SELECT tenant_person())
    AND site_id = ANY ((SELECT tenant_administered_sites())::uuid[]));
CREATE POLICY "app_changes" ON "destination" FOR UPDATE TO lucency_app
  USING (organization_id = (SELECT tenant_organization())
    AND site_id = ANY ((SELECT tenant_administered_sites())::uuid[]));
GRANT SELECT, INSERT ON "destination" TO "lucency_app";
GRANT UPDATE ("name", "enabled", "ae_title", "calling_ae_title", "host", "port", "tls", "url", "authentication",
  "secret_name", "user_name", "issuer", "scope", "audience") ON "destination" TO "lucency_app";
GRANT SELECT ON "destination" TO "lucency_worker";

ALTER TABLE "delivery" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "delivery" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "delivery" TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY "worker" ON "delivery" TO lucency_worker USING (true) WITH CHECK (true);
CREATE POLICY "app_sees" ON "delivery" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND site_id = ANY ((SELECT tenant_sites())::uuid[]));
-- Reviews by those who sign them, echoes by administrators.
CREATE POLICY "app_adds" ON "delivery" FOR INSERT TO lucency_app
  WITH CHECK (organization_id = (SELECT tenant_organization()) AND state = 'PENDING' AND site_id = ANY (
    CASE "content" WHEN 'REVIEW' THEN (SELECT tenant_reviewable_sites())::uuid[]
      WHEN 'ECHO' THEN (SELECT tenant_administered_sites())::uuid[] ELSE '{}'::uuid[] END));
CREATE POLICY "app_sends" ON "delivery" FOR UPDATE TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND (site_id = ANY ((SELECT tenant_served_sites())::uuid[])
    OR site_id = ANY ((SELECT tenant_administered_sites())::uuid[])));
GRANT SELECT, INSERT ON "delivery" TO "lucency_app", "lucency_worker";
GRANT UPDATE ("state", "reason", "tries", "lease", "due_at", "settled_at") ON "delivery" TO "lucency_app";

-- A refusal that follows from the submission itself, as an age that the site does not accept, is no result of a worker: whoever submits
-- may not fill the outbox, so the database says what follows from it.
CREATE FUNCTION "send_refusal"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      INSERT INTO delivery (organization_id, site_id, destination_id, study_id, image_id, content, source_id, priority)
        SELECT d.organization_id, d.site_id, d.id, NEW.study_id, NEW.image_id, 'RESULT', NEW.id, NEW.priority
        FROM destination d
        WHERE d.organization_id = NEW.organization_id AND d.site_id = NEW.site_id AND CASE WHEN d.kind = 'FHIR' THEN true
          ELSE (SELECT i.sop_instance_uid FROM image i WHERE i.id = NEW.image_id) IS NOT NULL END
        ON CONFLICT DO NOTHING;
      RETURN NULL;
    END
  $$;
REVOKE ALL ON FUNCTION "send_refusal"() FROM PUBLIC;
CREATE TRIGGER "sends_refusal" AFTER INSERT ON "task" FOR EACH ROW
  WHEN (NEW.kind = 'classify' AND NEW.state = 'REFUSED') EXECUTE FUNCTION "send_refusal"();
