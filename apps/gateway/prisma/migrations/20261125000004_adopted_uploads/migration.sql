-- When a study took an upload. The database says it itself, so that gateways of either version do while both run.
ALTER TABLE "upload" ADD COLUMN "adopted_at" TIMESTAMPTZ(3);

CREATE FUNCTION "adopt_upload"() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    BEGIN
      UPDATE upload SET adopted_at = now() WHERE id = NEW.upload_id;
      RETURN NULL;
    END
  $$;
REVOKE ALL ON FUNCTION "adopt_upload"() FROM PUBLIC;
CREATE TRIGGER "adopts_upload" AFTER INSERT ON "image" FOR EACH ROW EXECUTE FUNCTION "adopt_upload"();
