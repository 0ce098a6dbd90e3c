# docker run --rm -v "$PWD:/work" factlint check
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM alpine:3.22
# git is for --diff-base and for `impact REVISION:PATH`; the folder that is mounted belongs to another user.
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /src/target/release/factlint /usr/local/bin/factlint
WORKDIR /work
ENTRYPOINT ["factlint"]
