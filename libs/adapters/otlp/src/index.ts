export { otlpTracing, type OtlpOptions } from './tracing';
