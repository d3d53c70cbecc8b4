-- CreateEnum
CREATE TYPE "reading_state" AS ENUM ('RECEIVED', 'QUEUED', 'CLASSIFIED', 'REFUSED', 'FAILED');

-- CreateEnum
CREATE TYPE "explanation_state" AS ENUM ('NONE', 'PENDING', 'READY', 'WITHHELD', 'FAILED');

-- CreateEnum
CREATE TYPE "review_state" AS ENUM ('NONE', 'CLAIMED', 'SIGNED', 'ADDENDED');

-- CreateEnum
CREATE TYPE "priority" AS ENUM ('STAT', 'ROUTINE');

-- CreateEnum
CREATE TYPE "decision" AS ENUM ('NORMAL', 'PNEUMONIA');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('TECHNOLOGIST', 'RADIOLOGIST', 'SITE_ADMIN', 'ADMIN', 'AUDITOR', 'SERVICE');

-- CreateEnum
CREATE TYPE "task_kind" AS ENUM ('classify', 'explain', 'score');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('PENDING', 'DONE', 'REFUSED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "site" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "refuses_out_of_range_age" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "site_id" UUID,
    "role" "role" NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "submitted_by_id" UUID NOT NULL,
    "patient_reference" TEXT NOT NULL,
    "patient_age_months" INTEGER,
    "accession_number" TEXT,
    "study_instance_uid" TEXT,
    "priority" "priority" NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reading_state" "reading_state" NOT NULL DEFAULT 'RECEIVED',
    "reading_reason" TEXT,
    "explanation_state" "explanation_state" NOT NULL DEFAULT 'NONE',
    "explanation_reason" TEXT,
    "review_state" "review_state" NOT NULL DEFAULT 'NONE',
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,
    "withdrawn_by_id" UUID,
    "probability" DOUBLE PRECISION,
    "decision" "decision",

    CONSTRAINT "study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "upload_id" UUID NOT NULL,
    "series_instance_uid" TEXT,
    "sop_instance_uid" TEXT,
    "blob_key" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "image_id" UUID NOT NULL,
    "kind" "task_kind" NOT NULL,
    "priority" "priority" NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'PENDING',
    "reason" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reading" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "image_id" UUID NOT NULL,
    "model_id" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "logit" DOUBLE PRECISION NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "decision" "decision" NOT NULL,
    "evidence" DOUBLE PRECISION[],
    "inverted" BOOLEAN NOT NULL,
    "timings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heatmap" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organization_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "image_id" UUID NOT NULL,
    "model_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "blob_key" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "color_map" TEXT NOT NULL,
    "peak" DOUBLE PRECISION NOT NULL,
    "insertion" DOUBLE PRECISION,
    "deletion" DOUBLE PRECISION,
    "timings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "heatmap_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "site_organization_id_id_key" ON "site"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "person_organization_id_id_key" ON "person"("organization_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "person_issuer_subject_key" ON "person"("issuer", "subject");

-- CreateIndex
CREATE INDEX "membership_organization_id_person_id_idx" ON "membership"("organization_id", "person_id");

-- CreateIndex
CREATE INDEX "upload_organization_id_person_id_expires_at_idx" ON "upload"("organization_id", "person_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "upload_organization_id_site_id_id_key" ON "upload"("organization_id", "site_id", "id");

-- CreateIndex
CREATE INDEX "study_organization_id_created_at_id_idx" ON "study"("organization_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "study_organization_id_probability_id_idx" ON "study"("organization_id", "probability" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "study_organization_id_site_id_id_key" ON "study"("organization_id", "site_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "study_organization_id_site_id_submitted_by_id_idempotency_k_key" ON "study"("organization_id", "site_id", "submitted_by_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "image_organization_id_site_id_study_id_idx" ON "image"("organization_id", "site_id", "study_id");

-- CreateIndex
CREATE UNIQUE INDEX "image_organization_id_site_id_id_key" ON "image"("organization_id", "site_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "image_organization_id_site_id_upload_id_key" ON "image"("organization_id", "site_id", "upload_id");

-- CreateIndex
CREATE INDEX "task_organization_id_site_id_study_id_idx" ON "task"("organization_id", "site_id", "study_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_image_id_kind_key" ON "task"("image_id", "kind");

-- CreateIndex
CREATE INDEX "reading_organization_id_site_id_image_id_idx" ON "reading"("organization_id", "site_id", "image_id");

-- CreateIndex
CREATE UNIQUE INDEX "reading_image_id_model_id_key" ON "reading"("image_id", "model_id");

-- CreateIndex
CREATE INDEX "heatmap_organization_id_site_id_image_id_idx" ON "heatmap"("organization_id", "site_id", "image_id");

-- CreateIndex
CREATE UNIQUE INDEX "heatmap_image_id_model_id_key" ON "heatmap"("image_id", "model_id");

-- AddForeignKey
ALTER TABLE "site" ADD CONSTRAINT "site_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_person_id_fkey" FOREIGN KEY ("organization_id", "person_id") REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_organization_id_person_id_fkey" FOREIGN KEY ("organization_id", "person_id") REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "study" ADD CONSTRAINT "study_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "study" ADD CONSTRAINT "study_organization_id_site_id_fkey" FOREIGN KEY ("organization_id", "site_id") REFERENCES "site"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "study" ADD CONSTRAINT "study_organization_id_submitted_by_id_fkey" FOREIGN KEY ("organization_id", "submitted_by_id") REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "study" ADD CONSTRAINT "study_organization_id_withdrawn_by_id_fkey" FOREIGN KEY ("organization_id", "withdrawn_by_id") REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_organization_id_site_id_study_id_fkey" FOREIGN KEY ("organization_id", "site_id", "study_id") REFERENCES "study"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_organization_id_site_id_upload_id_fkey" FOREIGN KEY ("organization_id", "site_id", "upload_id") REFERENCES "upload"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_organization_id_site_id_study_id_fkey" FOREIGN KEY ("organization_id", "site_id", "study_id") REFERENCES "study"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_organization_id_site_id_image_id_fkey" FOREIGN KEY ("organization_id", "site_id", "image_id") REFERENCES "image"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reading" ADD CONSTRAINT "reading_organization_id_site_id_image_id_fkey" FOREIGN KEY ("organization_id", "site_id", "image_id") REFERENCES "image"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "heatmap" ADD CONSTRAINT "heatmap_organization_id_site_id_image_id_fkey" FOREIGN KEY ("organization_id", "site_id", "image_id") REFERENCES "image"("organization_id", "site_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What Prisma's schema language cannot say.

ALTER TABLE "study"
  ADD CONSTRAINT "study_age_plausible" CHECK ("patient_age_months" BETWEEN 0 AND 1800),
  ADD CONSTRAINT "study_withdrawal_whole" CHECK (("withdrawn_at" IS NULL) = ("withdrawn_by_id" IS NULL)),
  ADD CONSTRAINT "study_probability_range" CHECK ("probability" BETWEEN 0 AND 1);
ALTER TABLE "reading"
  ADD CONSTRAINT "reading_probability_range" CHECK ("probability" BETWEEN 0 AND 1),
  ADD CONSTRAINT "reading_evidence_shape" CHECK (cardinality("evidence") = 49);
ALTER TABLE "upload" ADD CONSTRAINT "upload_sha256_shape" CHECK ("sha256" ~ '^[0-9a-f]{64}$');

-- The same images of the same patient at the same site are one study, unless that one failed or was withdrawn.
CREATE UNIQUE INDEX "study_content" ON "study" ("organization_id", "site_id", "content_hash")
  WHERE "reading_state" <> 'FAILED' AND "withdrawn_at" IS NULL;
-- Prefix search: an index on the C collation turns LIKE 'x%' into a range even under row-level security.
CREATE INDEX "study_patient_reference" ON "study" ("organization_id", "patient_reference" COLLATE "C");
CREATE INDEX "task_due" ON "task" ("priority", "due_at") WHERE "state" = 'PENDING';

-- Tenancy. Whoever asks sets these at the start of each transaction. Unset means nothing is visible.
CREATE FUNCTION "tenant_organization"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('lucency.organization_id', true), '')::uuid $$;
CREATE FUNCTION "tenant_person"() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT NULLIF(current_setting('lucency.person_id', true), '')::uuid $$;
CREATE FUNCTION "tenant_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.site_ids', true), '')::uuid[], '{}') $$;
CREATE FUNCTION "tenant_writable_sites"() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT COALESCE(NULLIF(current_setting('lucency.writable_site_ids', true), '')::uuid[], '{}') $$;

REVOKE ALL ON SCHEMA "public" FROM PUBLIC;
GRANT USAGE ON SCHEMA "public" TO "lucency_app", "lucency_worker";

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['organization', 'site', 'person', 'membership', 'upload', 'study', 'image', 'task',
                              'reading', 'heatmap'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "owner" ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY "worker" ON %I TO lucency_worker USING (true) WITH CHECK (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['study', 'image', 'task', 'reading', 'heatmap'] LOOP
    EXECUTE format($policy$
      CREATE POLICY "app_sees" ON %I FOR SELECT TO lucency_app
        USING (organization_id = (SELECT tenant_organization()) AND site_id = ANY ((SELECT tenant_sites())::uuid[]))
      $policy$, name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['study', 'image', 'task'] LOOP
    EXECUTE format($policy$
      CREATE POLICY "app_adds" ON %I FOR INSERT TO lucency_app
        WITH CHECK (organization_id = (SELECT tenant_organization())
          AND site_id = ANY ((SELECT tenant_writable_sites())::uuid[]))
      $policy$, name);
    EXECUTE format($policy$
      CREATE POLICY "app_changes" ON %I FOR UPDATE TO lucency_app
        USING (organization_id = (SELECT tenant_organization())
          AND site_id = ANY ((SELECT tenant_writable_sites())::uuid[]))
      $policy$, name);
  END LOOP;
END
$$;

CREATE POLICY "app_sees" ON "organization" FOR SELECT TO lucency_app USING (id = (SELECT tenant_organization()));
CREATE POLICY "app_raises_revision" ON "organization" FOR UPDATE TO lucency_app
  USING (id = (SELECT tenant_organization()));
CREATE POLICY "app_sees" ON "site" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND id = ANY ((SELECT tenant_sites())::uuid[]));
CREATE POLICY "app_sees" ON "person" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()));
CREATE POLICY "app_sees" ON "membership" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND person_id = (SELECT tenant_person()));
CREATE POLICY "app_sees" ON "upload" FOR SELECT TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND person_id = (SELECT tenant_person()));
CREATE POLICY "app_adds" ON "upload" FOR INSERT TO lucency_app
  WITH CHECK (organization_id = (SELECT tenant_organization()) AND person_id = (SELECT tenant_person())
    AND site_id = ANY ((SELECT tenant_writable_sites())::uuid[]));
CREATE POLICY "app_changes" ON "upload" FOR UPDATE TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND person_id = (SELECT tenant_person()));

GRANT SELECT ON "organization", "site", "person", "membership", "upload", "study", "image", "task", "reading",
  "heatmap" TO lucency_app, lucency_worker;
GRANT UPDATE ("revision") ON "organization" TO lucency_app, lucency_worker;
GRANT INSERT ON "upload", "study", "image", "task" TO lucency_app;
GRANT UPDATE ("stored_at") ON "upload" TO lucency_app;
GRANT UPDATE ("updated_at", "reading_state", "reading_reason", "explanation_state", "explanation_reason",
  "withdrawn_at", "withdrawn_reason", "withdrawn_by_id") ON "study" TO lucency_app;
GRANT UPDATE ("state", "reason", "attempt", "tries", "due_at", "dispatched_at", "settled_at") ON "task"
  TO lucency_app, lucency_worker;
GRANT UPDATE ("updated_at", "reading_state", "reading_reason", "explanation_state", "explanation_reason",
  "probability", "decision") ON "study" TO lucency_worker;
GRANT UPDATE ("width", "height") ON "image" TO lucency_worker;
GRANT UPDATE ("insertion", "deletion") ON "heatmap" TO lucency_worker;
GRANT INSERT ON "task", "reading", "heatmap" TO lucency_worker;
GRANT DELETE ON "upload" TO lucency_worker;

-- Who a token speaks for. The only way past the policies, and only to this one answer.
CREATE FUNCTION "identify_person"("token_issuer" text, "token_subject" text) RETURNS jsonb
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT jsonb_build_object(
      'personId', p.id,
      'organizationId', p.organization_id,
      'roles', COALESCE((
        SELECT jsonb_agg(jsonb_build_object('role', m.role, 'siteId', m.site_id))
        FROM membership m WHERE m.organization_id = p.organization_id AND m.person_id = p.id), '[]'),
      'siteIds', COALESCE((
        SELECT jsonb_agg(s.id) FROM site s WHERE s.organization_id = p.organization_id), '[]'))
    FROM person p WHERE p.issuer = token_issuer AND p.subject = token_subject
  $$;
REVOKE ALL ON FUNCTION "identify_person"(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "identify_person"(text, text) TO lucency_app;
