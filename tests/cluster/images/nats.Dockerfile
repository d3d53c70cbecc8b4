FROM localhost/lucency-cluster/debian:bookworm
COPY nats-server /usr/local/bin/nats-server
USER 1000:1000
ENTRYPOINT ["nats-server"]
