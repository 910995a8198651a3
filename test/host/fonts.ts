import { canInstallPackages, installPackages } from './apt.ts';
import { run } from './run.ts';

/**
 * A fontconfig file that adds the font beside it to whatever the system has, and prefers it for the
 * workbench. `prefix="relative"` is relative to the file, so the cache may be moved.
 */
export function fontConfiguration(): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>Ubuntu</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}

/**
 * Makes sure that Chinese text is not drawn as empty boxes. macOS and Windows have the glyphs; on
 * Linux a small font (2 MB) is installed where that is possible, else the error says what to do.
 */
export async function ensureCjkFonts(): Promise<void> {
  if (process.platform !== 'linux' || (await hasChineseFont())) {
    return;
  }
  if (!(await canInstallPackages())) {
    throw new Error(
      'No font with Chinese glyphs is installed. Install one ' +
        '(Debian, Ubuntu: "apt-get install fonts-wqy-microhei"; Fedora: "dnf install google-noto-sans-cjk-fonts").',
    );
  }
  await installPackages(['fontconfig', 'fonts-wqy-microhei']);
}

async function hasChineseFont(): Promise<boolean> {
  return run('fc-list', [':lang=zh-cn', 'family']).then(
    families => families.trim() !== '',
    () => false,
  );
}
