-- The organization's revision tells people of one site that something happened at another. What they are shown is made of
-- the revisions of their own sites.
ALTER TABLE "site" ADD COLUMN "revision" BIGINT NOT NULL DEFAULT 0;
CREATE POLICY "app_raises_revision" ON "site" FOR UPDATE TO lucency_app
  USING (organization_id = (SELECT tenant_organization()) AND id = ANY ((SELECT tenant_writable_sites())::uuid[]));
GRANT UPDATE ("revision") ON "site" TO lucency_app, lucency_worker;
