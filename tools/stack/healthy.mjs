// Ends with 0 when the service on a port of this machine is ready: node tools/stack/healthy.mjs 8081. For health checks in
// images that have nothing but Node.
const isReady = async () => {
  try {
    const { ok } = await fetch(`http://127.0.0.1:${process.argv[2]}/health/ready`, {
      signal: AbortSignal.timeout(4_000),
    });
    return ok;
  } catch {
    return false;
  }
};

process.exit((await isReady()) ? 0 : 1);
