// A run that needs more memory than there is: from SIGUSR2 on, everything is kept.
process.once('SIGUSR2', () => {
  const kept = []
  for (;;) kept.push({ visits: [kept.length, String(kept.length)] })
})
