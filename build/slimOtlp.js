/**
 * Builds OpenTelemetry's serializer without what its libraries load late to find out which machine this is, by running
 * programs of it: nothing here asks for that, and no file for it is in the package.
 */
export const slimOtlp = {
  name: 'slim-otlp',
  setup(build) {
    build.onLoad({ filter: /getMachineId\.mjs$/ }, () => ({
      contents: 'export const getMachineId = async () => undefined;',
    }));
  },
};
