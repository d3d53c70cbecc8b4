-- Services are ready only on a database that has every migration they know; this is where they look.
GRANT SELECT ("migration_name", "finished_at", "rolled_back_at") ON "_prisma_migrations" TO "lucency_app", "lucency_worker";
