FROM scratch
COPY nats-server /usr/local/bin/nats-server
ENV PATH=/usr/local/bin
ENTRYPOINT ["nats-server"]
