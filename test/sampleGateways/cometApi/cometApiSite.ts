import { newApiSite } from '../newApi/newApiSite.ts';
import { newApiRoutes } from '../newApi/routes.ts';
import { VERSIONS, type VersionName } from '../newApi/version.ts';
import type { Site, SiteParts } from '../site.ts';

/** `api.cometapi.com`: New API of an unknown release, with keys unmasked in lists and errors of its own type. */
export function cometApiSite(name: VersionName, parts: SiteParts): Site {
  const version = { ...VERSIONS[name], masksKeys: false, errorType: 'comet_api_error' } as const;
  return newApiSite(version, newApiRoutes(version), parts);
}
