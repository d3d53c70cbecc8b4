-- Work of a second model or method beside the first. Readings are unique by image and model already.
ALTER TABLE "task" ADD COLUMN "model_id" TEXT, ADD COLUMN "method" TEXT;

-- Older gateways name neither and mean the newest reading and Grad-CAM. The database says it for them, so that what either
-- version adds is one task.
CREATE FUNCTION "name_explained"() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, public
  AS $$
    BEGIN
      NEW.method := COALESCE(NEW.method, 'grad-cam');
      NEW.model_id := COALESCE(NEW.model_id,
        (SELECT model_id FROM reading WHERE image_id = NEW.image_id ORDER BY created_at DESC LIMIT 1));
      RETURN NEW;
    END
  $$;
CREATE TRIGGER "names_explained" BEFORE INSERT ON "task" FOR EACH ROW
  WHEN (NEW.kind <> 'classify' AND (NEW.model_id IS NULL OR NEW.method IS NULL)) EXECUTE FUNCTION "name_explained"();

-- Inserts of older gateways name no index for their conflicts, so any of these serves them.
CREATE UNIQUE INDEX "task_of_image" ON "task" ("image_id", "kind", "model_id", "method") NULLS NOT DISTINCT;
DROP INDEX "task_image_id_kind_key";
CREATE UNIQUE INDEX "heatmap_image_id_model_id_method_key" ON "heatmap" ("image_id", "model_id", "method");
DROP INDEX "heatmap_image_id_model_id_key";
