-- Scores wait for hours where the machines are busy, and must not stand before what is urgent. Older gateways go on
-- with "task_due".
CREATE INDEX "task_due_urgent" ON "task" ("priority", "due_at") WHERE "state" = 'PENDING' AND "kind" <> 'score';
CREATE INDEX "task_due_scores" ON "task" ("due_at")
  WHERE "state" = 'PENDING' AND "kind" = 'score' AND "dispatched_at" IS NULL;
CREATE INDEX "task_handed_scores" ON "task" ("due_at")
  WHERE "state" = 'PENDING' AND "kind" = 'score' AND "dispatched_at" IS NOT NULL;
