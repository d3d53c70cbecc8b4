# Holds the namespaces of a pod open; containerd ends it with SIGKILL.
FROM localhost/lucency-cluster/debian:bookworm
CMD ["sleep", "infinity"]
