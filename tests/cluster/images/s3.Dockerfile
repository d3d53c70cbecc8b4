FROM localhost/lucency-cluster/debian:bookworm
COPY versitygw /usr/local/bin/versitygw
USER 10001:10001
ENTRYPOINT ["versitygw"]
