# Stands in for postgres:18: the server that the development stack runs, and clients of the same version.
FROM localhost/lucency-cluster/debian:bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends libgssapi-krb5-2 liblz4-1 libreadline8 libssl3 libzstd1 \
    && rm -rf /var/lib/apt/lists/* \
    && echo 'postgres:x:999:999::/var/lib/postgresql:/bin/sh' >> /etc/passwd && echo 'postgres:x:999:' >> /etc/group
COPY clients /usr/local/postgres-clients
COPY native /usr/local/postgres
COPY postgres-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/local/postgres/bin:/usr/local/postgres-clients/bin:/usr/local/bin:/usr/bin:/bin
USER 999:999
ENTRYPOINT ["postgres-entrypoint.sh"]
