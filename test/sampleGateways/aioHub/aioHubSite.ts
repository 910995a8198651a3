import { newApiSite } from '../newApi/newApiSite.ts';
import { newApiRoutes } from '../newApi/routes.ts';
import { VERSIONS, type VersionName } from '../newApi/version.ts';
import type { Site, SiteParts } from '../site.ts';
import { aioHubUsage } from './aioHubUsage.ts';

/** `api.aiohub.org`: a descendant of New API whose usage endpoint is its own. */
export function aioHubSite(name: VersionName, parts: SiteParts): Site {
  const version = VERSIONS[name];
  const routes = newApiRoutes(version).map(route =>
    route.path === '/api/usage/token/' ? { ...route, handle: aioHubUsage } : route,
  );
  return newApiSite(version, routes, parts);
}
