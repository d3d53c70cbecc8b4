-- What type a pneumonia looks like; null where no type was told.
ALTER TABLE "reading" ADD COLUMN "type" JSONB;
