-- A study of several images. Older gateways leave the new columns out: what they submit is one image of unknown view.
CREATE TYPE "image_view" AS ENUM ('UNKNOWN', 'PA', 'AP', 'LATERAL', 'OTHER');

ALTER TABLE "image"
  ADD COLUMN "view" "image_view" NOT NULL DEFAULT 'UNKNOWN',
  ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "withdrawn" BOOLEAN NOT NULL DEFAULT false;

-- The database says it itself, so that gateways of either version do while both run.
CREATE FUNCTION "withdraw_images"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE image SET withdrawn = true
        WHERE (organization_id, site_id, study_id) = (NEW.organization_id, NEW.site_id, NEW.id);
      RETURN NULL;
    END
  $$;
REVOKE ALL ON FUNCTION "withdraw_images"() FROM PUBLIC;
CREATE TRIGGER "withdraws_images" AFTER UPDATE OF "withdrawn_at" ON "study" FOR EACH ROW
  WHEN (OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION "withdraw_images"();

-- The same instance twice at one site is one image, unless its study was withdrawn.
CREATE UNIQUE INDEX "image_instance" ON "image" ("organization_id", "site_id", "sop_instance_uid")
  WHERE "sop_instance_uid" IS NOT NULL AND NOT "withdrawn";

-- Clients find the study that late instances join.
CREATE INDEX "study_organization_id_study_instance_uid_idx" ON "study" ("organization_id", "study_instance_uid");

-- A late image may be another patient's.
GRANT UPDATE ("cautions") ON "study" TO "lucency_app";
