# One image for every part of Gameday and for the demo shop; the verb decides which part a container is.
FROM node:20.19.5-bookworm-slim AS build
WORKDIR /opt/gameday
COPY package.json package-lock.json ./
COPY sdk/package.json sdk/
COPY examples/shop/package.json examples/shop/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY activities activities
COPY workflows workflows
COPY src src
COPY sdk sdk
COPY examples/shop examples/shop
COPY scripts scripts
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20.19.5-bookworm-slim
ENV NODE_ENV=production GAMEDAY_STATE_DIR=/var/lib/gameday GAMEDAY_ENVIRONMENTS=/etc/gameday/environments
WORKDIR /opt/gameday
COPY --from=build /opt/gameday ./
COPY scenarios scenarios
# The folders that volumes are mounted on, owned by whoever runs here, so that new volumes are too.
RUN ln -s /opt/gameday/dist/src/cli/main.js /usr/local/bin/gameday \
  && mkdir -p /var/lib/gameday /run/shop /run/noop /etc/gameday/environments \
  && chown node:node /var/lib/gameday /run/shop /run/noop
USER node
ENTRYPOINT ["node", "/opt/gameday/dist/src/cli/main.js"]
CMD ["--help"]
