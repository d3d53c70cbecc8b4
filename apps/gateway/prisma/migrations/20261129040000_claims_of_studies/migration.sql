-- Who reads a study, and until when. A claim lapses by itself, so CLAIMED is derived from these columns and stored nowhere;
-- older gateways neither know nor lose it.
ALTER TABLE "study" ADD COLUMN "claimed_by_id" UUID, ADD COLUMN "claimed_until" TIMESTAMPTZ(3);
ALTER TABLE "study"
  ADD CONSTRAINT "study_claim_whole" CHECK (("claimed_by_id" IS NULL) = ("claimed_until" IS NULL)),
  ADD CONSTRAINT "study_organization_id_claimed_by_id_fkey" FOREIGN KEY ("organization_id", "claimed_by_id")
    REFERENCES "person"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Reviewers may change nothing else of a study, so the database claims it for them: in one statement, so that of two who
-- claim at once the second meets the claim of the first. Answers with whether the caller holds the study now.
CREATE FUNCTION "claim_study"("claimed_study" uuid, "lasts" interval) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE study SET claimed_by_id = tenant_person(), claimed_until = now() + lasts, updated_at = now()
        WHERE id = claimed_study AND organization_id = tenant_organization()
          AND site_id = ANY (tenant_reviewable_sites()) AND review_state = 'NONE' AND withdrawn_at IS NULL
          AND (claimed_by_id IS NULL OR claimed_by_id = tenant_person() OR claimed_until <= now());
      RETURN FOUND;
    END
  $$;
-- Answers with whether the caller held it.
CREATE FUNCTION "release_study"("released_study" uuid) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE study SET claimed_by_id = NULL, claimed_until = NULL, updated_at = now()
        WHERE id = released_study AND organization_id = tenant_organization() AND claimed_by_id = tenant_person();
      RETURN FOUND;
    END
  $$;
REVOKE ALL ON FUNCTION "claim_study"(uuid, interval), "release_study"(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "claim_study"(uuid, interval), "release_study"(uuid) TO "lucency_app";

-- Signing ends the claim, and is refused while another person holds one; addenda need none.
CREATE OR REPLACE FUNCTION "mark_reviewed"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE study SET updated_at = now(), claimed_by_id = NULL, claimed_until = NULL,
        review_state = CASE WHEN NEW.number = 1 THEN 'SIGNED' ELSE 'ADDENDED' END::review_state
        WHERE (organization_id, site_id, id) = (NEW.organization_id, NEW.site_id, NEW.study_id)
          AND (NEW.number > 1 OR claimed_by_id IS NULL OR claimed_by_id = NEW.signed_by_id OR claimed_until <= now());
      IF NOT FOUND THEN
        RAISE EXCEPTION 'another person holds this study' USING ERRCODE = 'check_violation', CONSTRAINT = 'study_claim_held';
      END IF;
      RETURN NULL;
    END
  $$;
