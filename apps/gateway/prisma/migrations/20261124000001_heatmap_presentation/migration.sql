-- How a heatmap may be shown, by its own score; and the top of its colour scale, where that is not its peak.
CREATE TYPE "presentation" AS ENUM ('PLAIN', 'CAUTIOUS', 'WITHHELD');

ALTER TABLE "heatmap"
  ADD COLUMN "scale_top" DOUBLE PRECISION,
  ADD COLUMN "presentation" "presentation";

GRANT UPDATE ("presentation") ON "heatmap" TO lucency_worker;
