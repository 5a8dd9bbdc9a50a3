/** What a user's code looks like from outside: tasks in a package that has nothing to do with execnet4j's. */
@NullMarked
package tasks;

import org.jspecify.annotations.NullMarked;
