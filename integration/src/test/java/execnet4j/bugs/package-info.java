/** One class for each fault that was found and fixed: what went wrong, so that it does not come back. What channels give may be null: a test fails where it is. */
package execnet4j.bugs;
