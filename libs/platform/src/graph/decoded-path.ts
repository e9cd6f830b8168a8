/** A path as the router reads it; one that is not well-formed stays as it is, and no route is found for it. */
export const decodedPath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
