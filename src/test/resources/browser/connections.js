// Runs before the page's own scripts: keeps every peer connection of the page, made with what a test wants of it.
(() => {
  const Original = window.RTCPeerConnection;
  const connections = [];
  window.foyerConnections = {
    // Overrides what the page asks for.
    configuration: {},
    // For each connection that is up, the kinds and protocols of the pair of candidates that it uses.
    selected: async () => {
      const pairs = [];
      for (const connection of connections.filter((each) => each.connectionState === 'connected')) {
        const report = await connection.getStats();
        for (const transport of [...report.values()].filter((each) => each.type === 'transport')) {
          const pair = report.get(transport.selectedCandidatePairId);
          const local = pair && report.get(pair.localCandidateId);
          const remote = pair && report.get(pair.remoteCandidateId);
          if (!local || !remote) continue;
          pairs.push(`${local.candidateType} ${local.protocol} ${remote.candidateType} ${remote.protocol}`);
        }
      }
      return pairs;
    },
  };
  window.RTCPeerConnection = class extends Original {
    constructor(configuration, ...rest) {
      super({ ...configuration, ...foyerConnections.configuration }, ...rest);
      connections.push(this);
    }
  };
})();
