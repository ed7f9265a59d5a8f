/** Makes something when it is first asked for, and keeps it for as long as the function lives; a failure is not kept. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return async () => {
    const making = (made ??= make());
    try {
      return await making;
    } catch (error) {
      if (made === making) made = null;
      throw error;
    }
  };
}
