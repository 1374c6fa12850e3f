// Logs through OpenTelemetry's own SDK, which finds the collector in the environment; 'proto' or 'http' says how.
const { LoggerProvider, BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const { detectResources, envDetector } = require('@opentelemetry/resources');

const encoding = process.argv[2];
const { OTLPLogExporter } = require(`@opentelemetry/exporter-logs-otlp-${encoding}`);
const exporter = new OTLPLogExporter();
const provider = new LoggerProvider({
  resource: detectResources({ detectors: [envDetector] }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});
const logger = provider.getLogger('shop');
for (let i = 0; i < 100; i++) {
  logger.emit({
    severityNumber: 17,
    severityText: 'ERROR',
    body: `${encoding} ${i}`,
    attributes: { count: i, password: 'hunter2', nested: { tags: ['a', 'b'] } },
  });
}
provider.shutdown().then(() => console.log('sent'), (error) => { console.error(error); process.exit(1); });
