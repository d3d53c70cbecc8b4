# Stands in for postgres:18: the server that the development stack runs, and Debian's clients.
FROM localhost/lucency-cluster/debian:bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/* \
    && echo 'postgres:x:999:999::/var/lib/postgresql:/bin/sh' >> /etc/passwd && echo 'postgres:x:999:' >> /etc/group
COPY native /usr/local/postgres
COPY postgres-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/local/postgres/bin:/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin
USER 999:999
ENTRYPOINT ["postgres-entrypoint.sh"]
