// A bug: some time into the run a promise is rejected, and nobody handles it.
setTimeout(() => void Promise.reject(new Error(`lost with ${process.env.CXSPEC_CLIENT_SECRET}`)), 700)
